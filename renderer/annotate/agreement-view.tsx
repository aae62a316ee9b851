import { useQuery } from '@tanstack/react-query'
import { formatCount, formatShare } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { NameChoice } from '../parts/name-choice.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { routesQuery } from '../queries.ts'
import { agreementQuery } from './annotation-api.ts'
import { JudgeTable } from './judge-table.tsx'
import { useAnnotateAddress } from './page-address.ts'
import { PeopleTable } from './people-table.tsx'
import type { CriterionAgreement } from './shapes.ts'
import { kappaWord } from './words.ts'

/** How far people agree with each other, and evaluators with them. */
export function AgreementView() {
  const { route, change } = useAnnotateAddress()
  const routes = useQuery(routesQuery)
  const { data, error, refetch } = useQuery(agreementQuery(route))
  const criteria = data?.criteria.filter(({ labelled }) => labelled > 0) ?? []
  return (
    <div className="pb-8">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <NameChoice
          name="Route"
          all="All routes"
          of={routes.data?.data.map(({ name }) => name) ?? []}
          chosen={route}
          choose={(next) => change({ route: next })}
        />
        <span className="text-ink-3">Kappa is 1 for full agreement, and 0 for what chance brings.</span>
      </div>
      {error && !data && <Failure what="The agreement" error={error} retry={() => void refetch()} />}
      {!data && !error && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
      {data && criteria.length === 0 && (
        <p className="max-w-170 px-5 py-6 text-sm text-ink-2">
          Nothing is labelled yet. Two people have to label the same requests before it can be said how far they agree;
          a judge can be held against the labels of one.
        </p>
      )}
      {criteria.map((criterion) => (
        <Criterion key={criterion.criterion} criterion={criterion} />
      ))}
    </div>
  )
}

function Criterion({ criterion }: { criterion: CriterionAgreement }) {
  const { criterion: name, labels, good, labelled, shared, same, kappa, people, judges } = criterion
  return (
    <section aria-label={name} className="border-b border-line pb-5">
      <SectionHead title={name}>
        <span className="text-xs text-ink-3">
          {formatCount(labelled)} labelled, {formatCount(shared)} by two or more
          {same !== null && ` · ${formatShare(same, 1)} of the pairs the same`}
        </span>
      </SectionHead>
      <div className="px-5">
        {kappa !== null && (
          <p className="mb-3 text-sm text-ink-2">
            <span className="text-2xl font-medium tracking-tight text-ink">{kappa.toFixed(2)}</span> kappa, which is
            called {kappaWord(kappa)}
          </p>
        )}
        {people.length > 0 ? (
          <PeopleTable labels={labels} people={people} />
        ) : (
          <p className="text-sm text-ink-3">Nobody has labelled what another one has: choose “Second opinion”.</p>
        )}
        {judges.length > 0 && <JudgeTable judges={judges} good={good} />}
      </div>
    </section>
  )
}
