import '@mantine/core/styles/SegmentedControl.css';
import '@mantine/core/styles/FloatingIndicator.css';
import { SegmentedControl } from '@mantine/core';
import classes from './Segments.module.css';

export interface SegmentsProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** A choice of a few, all in sight. */
export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  return (
    <SegmentedControl
      aria-label={label}
      data={options.map((option) => ({ ...option }))}
      value={value}
      onChange={onChange}
      transitionDuration={160}
      withItemsBorders={false}
      classNames={{
        root: classes.root,
        indicator: classes.indicator,
        control: classes.control,
        label: classes.label,
      }}
    />
  );
}
