import { ApiError } from '../api.ts'

/** What could not be loaded and why, with a way to try again. */
export function Failure({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const hint = error instanceof ApiError ? error.hint : null
  return (
    <div role="alert" className="flex items-center gap-4 px-5 py-4 text-sm">
      <div className="min-w-0">
        <p className="text-error">
          {what} could not be loaded. <span className="text-ink-2">{error.message}</span>
        </p>
        {hint && <p className="text-ink-3">{hint}</p>}
      </div>
      <button type="button" className="button ml-auto" onClick={retry}>
        Try again
      </button>
    </div>
  )
}
