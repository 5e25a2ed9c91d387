import classes from './Figures.module.css';

/** Names and values, one pair a line. */
export function Figures({ rows }: { rows: readonly { label: string; value: string }[] }) {
  return (
    <dl className={classes.table}>
      {rows.map(({ label, value }) => (
        <div key={label} className={classes.row}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
