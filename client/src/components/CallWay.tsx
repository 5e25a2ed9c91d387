import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';

/** Which way a call went: up and away, or down and here. Decorative: words say it too. */
export function CallWay({ isOutgoing, size = 16 }: { isOutgoing: boolean; size?: number }) {
  const Icon = isOutgoing ? IconArrowUpRight : IconArrowDownLeft;
  return <Icon size={size} stroke={2} aria-hidden="true" />;
}
