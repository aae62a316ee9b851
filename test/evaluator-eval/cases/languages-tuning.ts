import type { Case } from './case.ts'

export const LANGUAGES_TUNING: readonly Case[] = [
  {
    name: 'Handbuch einer Waschmaschine',
    language: 'de',
    question: 'Was muss ich bei der Reinigung beachten?',
    context: `Reinigen Sie das Flusensieb alle vier Wochen. Schalten Sie dazu das Gerät aus und ziehen Sie den Netzstecker.
Verwenden Sie keine scheuernden Mittel. Die Waschmittelschublade darf in der Spülmaschine bei höchstens 50 Grad gereinigt
werden. Entkalken Sie das Gerät zweimal im Jahr mit Kalkfrei von Bergmann. Die Garantie gilt drei Jahre ab Kaufdatum, sie
gilt nicht für Schäden durch Frost. Der Kundendienst in Hannover ist werktags von 8 bis 18 Uhr erreichbar.`,
    supported: [
      'Das Flusensieb sollte alle vier Wochen gereinigt werden.',
      'Vorher müssen Sie das Gerät ausschalten und den Netzstecker ziehen.',
      'Scheuernde Mittel dürfen nicht verwendet werden.',
      'Die Schublade für das Waschmittel darf bei maximal 50 Grad in die Spülmaschine.',
      'Die Garantie gilt 3 Jahre ab dem Kaufdatum.',
    ],
    faults: [
      { kind: 'number', sentence: 'Die Garantie gilt fünf Jahre ab dem Kaufdatum.', wrong: 'fünf' },
      { kind: 'number', sentence: 'Das Flusensieb sollte alle 8 Monate gereinigt werden.', wrong: 'Monate' },
      { kind: 'name', sentence: 'Der Kundendienst in Kassel ist werktags erreichbar.', wrong: 'Kassel' },
      {
        kind: 'negation',
        sentence: 'Die Garantie gilt auch für Schäden durch Frost.',
        wrong: 'auch für Schäden durch Frost',
      },
      { kind: 'negation', sentence: 'Verwenden Sie scheuernde Mittel.', wrong: 'Verwenden Sie scheuernde Mittel' },
      {
        kind: 'invented',
        sentence: 'Nach jedem Waschgang öffnet sich die Tür von selbst und ein Licht geht an.',
        wrong: 'Nach jedem Waschgang öffnet sich die Tür von selbst und ein Licht geht an',
      },
    ],
    abstention: 'Dazu enthalten die Unterlagen keine Angaben.',
    courtesies: ['Gerne!', 'Wenn Sie weitere Fragen haben, melden Sie sich.'],
  },
  {
    name: 'règlement d’une piscine',
    language: 'fr',
    question: 'Quelles sont les règles de la piscine ?',
    context: `La piscine municipale Jean-Moulin ouvre du mardi au dimanche, de 9 h à 19 h. L'entrée coûte 4,50 euros, ou
3 euros pour les moins de 16 ans. Le bonnet de bain est obligatoire. Les enfants de moins de 8 ans doivent être
accompagnés d'un adulte. Il n'est pas permis de manger au bord du bassin. Les shorts ne sont pas acceptés. Les cours
d'aquagym ont lieu le jeudi à 18 h avec Sophie Lambert.`,
    supported: [
      'La piscine est ouverte du mardi au dimanche de 9 h à 19 h.',
      "L'entrée est à 4,50 euros, et à 3 euros pour les moins de 16 ans.",
      'Le bonnet de bain est obligatoire et les shorts ne sont pas acceptés.',
      'Les enfants de moins de 8 ans doivent venir accompagnés d’un adulte.',
      "L'aquagym a lieu le jeudi à 18 h avec Sophie Lambert.",
    ],
    faults: [
      { kind: 'number', sentence: "L'entrée coûte 5,40 euros.", wrong: '5,40' },
      { kind: 'number', sentence: 'Les enfants de moins de 12 ans doivent être accompagnés.', wrong: '12' },
      { kind: 'name', sentence: 'Les cours d’aquagym ont lieu avec Camille Lambert.', wrong: 'Camille' },
      { kind: 'negation', sentence: 'Les shorts sont acceptés.', wrong: 'acceptés' },
      { kind: 'negation', sentence: "Le bonnet de bain n'est pas obligatoire.", wrong: 'pas' },
      {
        kind: 'invented',
        sentence: 'Un sauna et une salle de musculation se trouvent au premier étage.',
        wrong: 'Un sauna et une salle de musculation se trouvent au premier étage',
      },
    ],
    abstention: 'Le règlement ne précise pas le prix des abonnements.',
    courtesies: ['Bonjour !', "N'hésitez pas si vous avez d'autres questions."],
  },
]
