import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { type Stop, shareWords, stopsOf } from './steps.ts'

const placeWords: Record<Stop['place'], string> = {
  done: 'done',
  now: 'now',
  next: 'next step',
  left: 'left here',
  ahead: 'not reached',
}

/** The steps of a promotion, one after the other. */
export function ShareRail({ promotion }: { promotion: PromotionRow }) {
  return (
    <ol className="share-rail" aria-label="Steps">
      {stopsOf(promotion).map(({ share, place }) => (
        <li key={share} data-place={place} aria-current={place === 'now' ? 'step' : undefined}>
          <span className="share-stop" aria-hidden />
          <span>{shareWords(share)}</span>
          <span className="sr-only">, {placeWords[place]}</span>
        </li>
      ))}
    </ol>
  )
}
