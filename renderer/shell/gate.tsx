/** The sign of the house: an arch with its portcullis. */
export function Gate({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeLinecap="round" aria-hidden>
      <path d="M4 21V11a8 8 0 0 1 16 0v10" stroke="var(--ink)" strokeWidth="2.2" />
      <path d="M9 21v-8.5M12 21V11M15 21v-8.5" stroke="var(--ok)" strokeWidth="1.8" />
    </svg>
  )
}
