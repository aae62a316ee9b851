import type { Case } from './case.ts'

export const LANGUAGES_HELD_OUT: readonly Case[] = [
  {
    name: 'Fahrgastinformation',
    language: 'de',
    question: 'Was gilt für Fahrräder im Zug?',
    context: `In den Zügen der Linie S7 dürfen Fahrräder außerhalb der Hauptverkehrszeit kostenlos mitgenommen werden.
Montags bis freitags zwischen 6:30 und 9:00 Uhr ist die Mitnahme nicht erlaubt. Im Regionalexpress kostet die Fahrradkarte
6,50 Euro pro Tag. Klappräder gelten als Gepäck und brauchen keine Karte. In jedem Zug gibt es zwölf Stellplätze im letzten
Wagen. Gruppen ab sechs Personen müssen sich zwei Tage vorher bei der Servicestelle in Offenburg anmelden.`,
    supported: [
      'In der S7 können Sie Fahrräder außerhalb der Hauptverkehrszeit kostenlos mitnehmen.',
      'Von Montag bis Freitag ist die Mitnahme zwischen 6:30 und 9:00 Uhr nicht erlaubt.',
      'Im Regionalexpress brauchen Sie eine Fahrradkarte für 6,50 Euro pro Tag.',
      'Für Klappräder benötigen Sie keine Karte, sie gelten als Gepäck.',
      'Jeder Zug hat 12 Stellplätze im letzten Wagen.',
    ],
    faults: [
      { kind: 'number', sentence: 'Die Fahrradkarte kostet 8,50 Euro pro Tag.', wrong: '8,50' },
      { kind: 'number', sentence: 'Jeder Zug hat 20 Stellplätze im letzten Wagen.', wrong: '20' },
      { kind: 'name', sentence: 'Gruppen müssen sich bei der Servicestelle in Freiburg anmelden.', wrong: 'Freiburg' },
      { kind: 'negation', sentence: 'Klappräder brauchen eine Karte.', wrong: 'brauchen' },
      { kind: 'negation', sentence: 'Die Mitnahme ist zwischen 6:30 und 9:00 Uhr erlaubt.', wrong: 'erlaubt' },
      {
        kind: 'invented',
        sentence: 'Lastenräder werden seit dem Sommer von einem eigenen Kurierdienst befördert.',
        wrong: 'Lastenräder werden seit dem Sommer von einem eigenen Kurierdienst befördert',
      },
    ],
    abstention: 'Ob Anhänger erlaubt sind, geht aus den Dokumenten nicht hervor.',
    courtesies: ['Guten Tag!', 'Ich hoffe, das hilft Ihnen weiter.'],
  },
  {
    name: 'condiciones de un gimnasio',
    language: 'es',
    question: '¿Cuáles son las condiciones del gimnasio?',
    context: `La cuota mensual del gimnasio Altamira es de 35 euros y no hay matrícula. La cuota incluye las clases de yoga y
de spinning, pero no incluye el entrenamiento personal. El centro abre todos los días de 7 a 23 horas, excepto el 1 de
enero. Para darse de baja hay que avisar con 15 días de antelación. Los menores de 16 años no pueden entrar en la sala de
pesas. La directora es Lucía Ferrer.`,
    supported: [
      'La cuota es de 35 euros al mes y no se paga matrícula.',
      'Las clases de yoga y spinning están incluidas en la cuota.',
      'El entrenamiento personal no está incluido.',
      'El gimnasio abre todos los días de 7 a 23 horas, menos el 1 de enero.',
      'Hay que avisar con quince días de antelación para darse de baja.',
    ],
    faults: [
      { kind: 'number', sentence: 'La cuota mensual es de 53 euros.', wrong: '53' },
      { kind: 'number', sentence: 'Hay que avisar con 30 días de antelación.', wrong: '30' },
      { kind: 'name', sentence: 'La directora es Carmen Ferrer.', wrong: 'Carmen' },
      { kind: 'negation', sentence: 'La cuota incluye el entrenamiento personal.', wrong: 'incluye' },
      { kind: 'negation', sentence: 'Los menores de 16 años pueden entrar en la sala de pesas.', wrong: 'pueden' },
      {
        kind: 'invented',
        sentence: 'Los socios reciben una toalla bordada y acceso al aparcamiento vecino.',
        wrong: 'Los socios reciben una toalla bordada y acceso al aparcamiento vecino',
      },
    ],
    abstention: 'El texto no menciona si hay descuentos para estudiantes.',
    courtesies: ['¡Claro!', 'Espero que te sirva de ayuda.'],
  },
  {
    name: '図書館の案内',
    language: 'ja',
    question: '図書館の利用方法を教えてください。',
    context: `中央図書館は火曜日から日曜日まで、午前9時から午後8時まで開いています。月曜日は休館です。一人10冊まで、2週間借りることができます。
延長は一回だけ可能です。予約の本がある場合は延長できません。館内での飲食は禁止されています。会議室の利用料金は1時間500円です。
館長は山本恵子です。`,
    supported: [
      '中央図書館は火曜日から日曜日まで開いています。',
      '一人10冊まで2週間借りることができます。',
      '月曜日は休館です。',
      '会議室の利用料金は1時間500円です。',
      '館内での飲食は禁止です。',
    ],
    faults: [
      { kind: 'number', sentence: '一人15冊まで借りることができます。', wrong: '15' },
      { kind: 'number', sentence: '会議室の利用料金は1時間800円です。', wrong: '800' },
      { kind: 'name', sentence: '館長は佐藤美咲です。', wrong: '佐藤美咲' },
      {
        kind: 'invented',
        sentence: '屋上には無料の天文台と植物園があります。',
        wrong: '屋上には無料の天文台と植物園があります',
      },
    ],
    abstention: '駐車場についての情報は記載されていません。',
    courtesies: ['こんにちは。', 'ご不明な点がございましたら、お気軽にお尋ねください。'],
  },
]
