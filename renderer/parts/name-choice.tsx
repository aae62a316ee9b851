interface ChoiceProps {
  /** What is chosen, for screen readers. */
  name: string
  /** What it says when nothing is. */
  all: string
  /** In any order, maybe more than once. */
  of: readonly string[]
  chosen: string | null
  choose: (name: string | null) => void
}

/** Narrows to one name, or to none. What is chosen stays in the list when it is not known any more. */
export function NameChoice({ name, all, of, chosen, choose }: ChoiceProps) {
  const known = [...new Set([...of, ...(chosen === null ? [] : [chosen])])].sort()
  return (
    <select
      className="field max-w-48"
      aria-label={name}
      value={chosen === null ? '' : `=${chosen}`}
      onChange={({ target: { value } }) => choose(value === '' ? null : value.slice(1))}
    >
      <option value="">{all}</option>
      {known.map((each) => (
        <option key={each} value={`=${each}`}>
          {each}
        </option>
      ))}
    </select>
  )
}
