import type { Question } from './question.ts'

const row = (
  language: string,
  [question, context, short, full, aside]: readonly [string, string, string, string, string],
): Question => ({ language, question, context, short, full, aside })

export const QUESTIONS_LANGUAGES: readonly Question[] = [
  row('de', [
    'Wie lange gilt die Garantie der Waschmaschine?',
    'Die Garantie der Waschmaschine gilt drei Jahre ab Kaufdatum. Der Kundendienst sitzt in Hannover.',
    'Drei Jahre',
    'Die Garantie gilt drei Jahre ab dem Kaufdatum.',
    'Das Flusensieb der Waschmaschine liegt vorne rechts.',
  ]),
  row('de', [
    'Wer leitet die Servicestelle in Offenburg?',
    'Die Servicestelle in Offenburg wird von Anke Reuter geleitet. Sie öffnet um 8 Uhr.',
    'Anke Reuter',
    'Die Servicestelle wird von Anke Reuter geleitet.',
    'Die Servicestelle öffnet um 8 Uhr.',
  ]),
  row('de', [
    'Darf ich mein Fahrrad in der S7 mitnehmen?',
    'In der S7 dürfen Fahrräder außerhalb der Hauptverkehrszeit kostenlos mitgenommen werden.',
    'Ja, außerhalb der Hauptverkehrszeit',
    'Ja, Fahrräder dürfen in der S7 außerhalb der Hauptverkehrszeit mitgenommen werden.',
    'Die S7 fährt alle zwanzig Minuten.',
  ]),
  row('fr', [
    'Combien coûte l’entrée de la piscine ?',
    "L'entrée de la piscine coûte 4,50 euros. Le bonnet de bain est obligatoire.",
    '4,50 euros',
    "L'entrée de la piscine est à 4,50 euros.",
    'Le bonnet de bain est obligatoire à la piscine.',
  ]),
  row('fr', [
    'Qui donne les cours d’aquagym ?',
    "Les cours d'aquagym sont donnés par Sophie Lambert, le jeudi à 18 h.",
    'Sophie Lambert',
    'Sophie Lambert donne les cours d’aquagym.',
    "L'aquagym a lieu dans le petit bassin.",
  ]),
  row('es', [
    '¿Cuánto cuesta la cuota del gimnasio?',
    'La cuota del gimnasio es de 35 euros al mes. La directora es Lucía Ferrer.',
    '35 euros',
    'La cuota mensual del gimnasio es de 35 euros.',
    'La directora del gimnasio es Lucía Ferrer.',
  ]),
  row('es', [
    '¿Dónde está la oficina de turismo?',
    'La oficina de turismo está en la plaza de San Andrés. Abre a las 10.',
    'En la plaza de San Andrés',
    'La oficina de turismo está en la plaza de San Andrés.',
    'La oficina de turismo abre a las diez.',
  ]),
  row('ja', [
    '会議室の利用料金はいくらですか。',
    '会議室の利用料金は1時間500円です。館長は山本恵子です。',
    '500円',
    '会議室の利用料金は1時間500円です。',
    '会議室は二階にあります。',
  ]),
  row('ja', [
    '図書館の館長は誰ですか。',
    '中央図書館の館長は山本恵子です。月曜日は休館です。',
    '山本恵子',
    '図書館の館長は山本恵子です。',
    '図書館は月曜日に休館します。',
  ]),
]
