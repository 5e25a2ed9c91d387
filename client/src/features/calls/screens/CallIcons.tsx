/** A handset laid down: decline and end. Tabler has it as an outline only. */
export function HandsetDown({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M12 7.6c-3.9 0-7.2 1.2-9.1 2.9-1.3 1.1-1.8 2.4-1.3 4.1l.4 1.3c.2.7.9 1.1 1.6.9l3.3-.9c.6-.2 1-.7 1-1.3v-1.9c1.2-.5 2.6-.7 4.1-.7s2.9.2 4.1.7v1.9c0 .6.4 1.1 1 1.3l3.3.9c.7.2 1.4-.2 1.6-.9l.4-1.3c.5-1.7 0-3-1.3-4.1-1.9-1.7-5.2-2.9-9.1-2.9z" />
    </svg>
  );
}
