/** Parts of the admin API's shapes that have no name of their own. */
import type {
  AnnotationAgreement,
  AnnotationItem,
  AnnotationPage,
  AnnotationRow,
} from '../../server/http/admin/schemas.ts'

export type Reason = AnnotationRow['reason']
export type ItemState = AnnotationRow['state']
export type Counts = AnnotationPage['counts']
export type Criterion = AnnotationItem['criteria'][number]
export type Score = AnnotationItem['scores'][number]
export type ReplyText = NonNullable<NonNullable<AnnotationItem['texts']>['reply']>
export type CriterionAgreement = AnnotationAgreement['criteria'][number]
export type LabellerPair = CriterionAgreement['people'][number]
export type Judge = CriterionAgreement['judges'][number]
