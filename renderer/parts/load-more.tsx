interface LoadMoreProps {
  /** Of TanStack Query, what is read page by page. */
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  label?: string
}

/** Reads the next page of a list; nothing where there is none. */
export function LoadMore({ query, label = 'Load older' }: LoadMoreProps) {
  if (!query.hasNextPage) return null
  return (
    <button
      type="button"
      className="button mx-5 my-3"
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {query.isFetchingNextPage ? 'Loading…' : label}
    </button>
  )
}
