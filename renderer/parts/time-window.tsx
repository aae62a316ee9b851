export interface TimeWindow {
  name: string
  milliseconds: number
  /** How many steps the charts have. */
  steps: number
  /** Milliseconds after which the figures are read again. */
  refresh: number
}

const minute = 60_000

export const timeWindows: readonly TimeWindow[] = [
  { name: '15 m', milliseconds: 15 * minute, steps: 60, refresh: 3000 },
  { name: '1 h', milliseconds: 60 * minute, steps: 60, refresh: 5000 },
  { name: '24 h', milliseconds: 24 * 60 * minute, steps: 96, refresh: 30_000 },
  { name: '7 d', milliseconds: 7 * 24 * 60 * minute, steps: 84, refresh: 60_000 },
]

/** The choice of the window that the page's figures are for. */
export function TimeWindowChoice(props: { chosen: TimeWindow; choose: (timeWindow: TimeWindow) => void }) {
  return (
    <fieldset className="ml-auto flex gap-0.5" aria-label="Time window">
      {timeWindows.map((timeWindow) => {
        const chosen = timeWindow === props.chosen
        return (
          <button
            key={timeWindow.name}
            type="button"
            aria-pressed={chosen}
            className={`h-7 rounded-md px-2.5 text-sm ${chosen ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover'}`}
            onClick={() => props.choose(timeWindow)}
          >
            {timeWindow.name}
          </button>
        )
      })}
    </fieldset>
  )
}
