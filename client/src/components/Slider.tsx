import classes from './Slider.module.css';

export interface SliderProps {
  /** Says what it sets. */
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The value in words, for readers. */
  valueText?: string;
  onChange: (value: number) => void;
}

/** The browser's own slider in our colours: keys and readers know it. */
export function Slider({ label, value, min, max, step = 1, valueText, onChange }: SliderProps) {
  return (
    <input
      type="range"
      className={classes.slider}
      aria-label={label}
      {...{ min, max, step, value }}
      style={{ '--filled': `${Math.round(((value - min) / (max - min)) * 100)}%` }}
      aria-valuetext={valueText}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
    />
  );
}
