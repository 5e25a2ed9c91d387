import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallModel } from '../screens/callModel.ts';
import { arrange, type StageMode } from './arrange.ts';
import classes from './RoomStage.module.css';
import { RoomTile } from './RoomTile.tsx';
import { floatingTilesOf, personTileId, tilesOf } from './roomTiles.ts';
import { useArea } from './useArea.ts';
import { useSeen } from './useSeen.ts';
import { useSpeaker } from './useSpeaker.ts';

type Props = {
  model: CallModel;
  isFloating: boolean;
  mode: StageMode;
  pinnedId: string | null;
  onPin: (tileId: string | null) => void;
  onPeople: () => void;
};

/** Everyone's pictures. A tile stays the same element wherever it stands, so that no picture starts anew. */
export function RoomStage({ model, isFloating, mode, pinnedId, onPin, onPeople }: Props) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const area = useArea(stage);
  const { call, media, session } = model;
  const speakerId = useSpeaker(call.remotes);
  const isBare = isFloating && !model.hasPicture;
  const tiles = isFloating ? floatingTilesOf(call.remotes) : tilesOf(call.remotes, media);
  const { placed, more } = arrange(
    {
      tiles: isBare ? [] : tiles,
      mode: isFloating ? 'mosaic' : mode,
      pinnedId: isFloating ? null : pinnedId,
      speakerId: speakerId === null ? null : personTileId(speakerId),
    },
    area,
  );
  const placeOf = new Map(placed.map((each) => [each.id, each]));
  const shown = tiles.filter(({ id }) => placeOf.has(id));
  useSeen(session, shown, area.width > 0 && area.height > 0);

  return (
    <div ref={stage} className={classes.stage} data-floating={isFloating || undefined}>
      {shown.map((tile) => {
        const place = placeOf.get(tile.id);
        return (
          place && (
            <RoomTile
              key={tile.id}
              model={model}
              tile={tile}
              place={place}
              isBare={isFloating}
              isPinned={tile.id === pinnedId}
              onPin={onPin}
            />
          )
        );
      })}
      {more && (
        <button type="button" className={classes.more} style={more.box} onClick={onPeople}>
          {t('roomCall.moreTiles', { count: more.count })}
        </button>
      )}
    </div>
  );
}
