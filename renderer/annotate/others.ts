import type { AnnotationItem } from '../../server/http/admin/schemas.ts'

/** Whether others have answered anything otherwise than this person. */
export function differsFromOthers({ labels }: Pick<AnnotationItem, 'labels'>, me: string): boolean {
  const own = labels.find(({ by }) => by === me)?.labels ?? {}
  return labels.some(({ by, labels: said }) =>
    by === me ? false : Object.entries(said).some(([name, label]) => own[name] !== undefined && own[name] !== label),
  )
}
