import type { Case } from './case.ts'

/**
 * Written when the rules were done. At first sight 92 % of what is wrong was found, and 20 % of right replies failed, for three
 * sentences; what these needed was then mended.
 */
export const WRITTEN_LAST: readonly Case[] = [
  {
    name: 'rental agreement',
    language: 'en',
    question: 'What are the main terms of the lease?',
    context: `Lease between Orchard Housing Ltd (landlord) and the tenant for flat 7, Quayside Court, Bristol. The lease starts on
1 September 2024 and runs for 24 months. The rent is £1,150 a month, due on the first working day. A deposit of £1,725 is held
by the Tenancy Trust and returned within 14 days after the flat has been handed back. The landlord pays for repairs to the
boiler; the tenant replaces light bulbs. Smoking is prohibited in all rooms. One cat may be kept; dogs are not permitted. The
tenant may not sublet without written consent. Either side can end the lease early with two months' notice after the first
year. Complaints go to Ms Adeyemi.`,
    supported: [
      'The lease begins on September 1, 2024 and lasts 24 months.',
      'You pay £1,150 per month, and the deposit is £1,725.',
      'The Tenancy Trust keeps the deposit and gives it back within 14 days of handover.',
      'Boiler repairs are paid by the landlord, while you replace light bulbs yourself.',
      'You must not smoke in any of the rooms.',
      'Keeping one cat is fine, but dogs are not allowed.',
      'Subletting requires written consent.',
      "After the first year, the lease can be ended early with two months' notice.",
    ],
    faults: [
      { kind: 'number', sentence: 'You pay £1,250 per month.', wrong: '1,250' },
      { kind: 'number', sentence: 'The lease lasts 36 months.', wrong: '36' },
      { kind: 'name', sentence: 'The deposit is kept by the Harbour Bank.', wrong: 'Harbour Bank' },
      { kind: 'name', sentence: 'Complaints go to Mr Lindqvist.', wrong: 'Lindqvist' },
      { kind: 'negation', sentence: 'Dogs are permitted.', wrong: 'permitted' },
      { kind: 'negation', sentence: 'Smoking is allowed in all rooms.', wrong: 'allowed' },
      { kind: 'negation', sentence: 'The landlord does not pay for repairs to the boiler.', wrong: 'not' },
      { kind: 'swap', sentence: 'The deposit is £1,150.', wrong: '1,150' },
      { kind: 'swap', sentence: 'The tenant pays for repairs to the boiler.', wrong: 'tenant' },
      {
        kind: 'invented',
        sentence: 'A parking space in the basement can be rented from the city council.',
        wrong: 'A parking space in the basement can be rented from the city council',
      },
    ],
    abstention: 'The agreement does not mention who pays for heating.',
    courtesies: ['Sure! Here are the main terms:', 'Let me know if you need anything else.'],
  },
  {
    name: 'release notes',
    language: 'en',
    question: 'What changed in the new version?',
    context: `# Tidewater 4.2.0

- The importer reads CSV files of up to 2 GB (before: 500 MB).
- New option \`retry_limit\`; its default is 3.
- Dark mode is available on macOS and Windows, but not on Linux yet.
- Removed: the XML export, which was deprecated in 3.8.
- Fixed a crash when a project name contained an emoji (reported by J. Okonkwo).
- Start-up is 40 % faster on machines with an SSD.
- Minimum requirements: Node 20 and 4 GB of memory.`,
    supported: [
      '- CSV files of up to 2 GB can now be imported; it used to be 500 MB.',
      '- There is a new option called `retry_limit`, which is 3 by default.',
      '- You can use dark mode on macOS and Windows.',
      '- XML export is gone; it had been deprecated since 3.8.',
      '- Projects with an emoji in their name no longer crash.',
      '- It starts 40% faster if you have an SSD.',
      '- You need at least Node 20 and 4 GB of memory.',
    ],
    faults: [
      { kind: 'number', sentence: '- The default of `retry_limit` is 5.', wrong: '5' },
      { kind: 'number', sentence: '- Start-up is 60 % faster with an SSD.', wrong: '60' },
      { kind: 'name', sentence: '- The crash was reported by T. Villanueva.', wrong: 'Villanueva' },
      { kind: 'negation', sentence: '- Dark mode is available on Linux.', wrong: 'available' },
      { kind: 'negation', sentence: '- Added: the XML export.', wrong: 'Added' },
      { kind: 'swap', sentence: '- The importer reads CSV files of up to 4 GB.', wrong: '4' },
      {
        kind: 'invented',
        sentence: '- A plug-in store lets teams share their own themes and templates.',
        wrong: 'A plug-in store lets teams share their own themes and templates',
      },
    ],
    abstention: 'The release notes do not say when version 5 will come.',
    courtesies: ['Here is a summary:', 'Anything else you would like to know?'],
  },
  {
    name: 'notice d’un four',
    language: 'fr',
    question: 'Comment utiliser le four ?',
    context: `Préchauffez le four à 180 °C pendant 15 minutes. Placez la plaque au milieu du four. La fonction gril ne doit pas être
utilisée plus de 20 minutes. Le nettoyage par pyrolyse dure deux heures; la porte reste verrouillée pendant ce temps.
N'utilisez pas de produits abrasifs sur la vitre. La garantie est de cinq ans pour le moteur et de deux ans pour les autres
pièces. Le service après-vente Thermalux se trouve à Nantes.`,
    supported: [
      'Il faut préchauffer le four à 180 °C pendant 15 minutes.',
      'La plaque se place au milieu du four.',
      'Le gril ne doit pas fonctionner plus de 20 minutes.',
      'La pyrolyse dure 2 heures et la porte reste verrouillée.',
      'Les produits abrasifs ne doivent pas être utilisés sur la vitre.',
    ],
    faults: [
      { kind: 'number', sentence: 'Il faut préchauffer le four à 220 °C.', wrong: '220' },
      { kind: 'number', sentence: 'La pyrolyse dure quatre heures.', wrong: 'quatre' },
      { kind: 'name', sentence: 'Le service après-vente se trouve à Toulouse.', wrong: 'Toulouse' },
      { kind: 'negation', sentence: 'Utilisez des produits abrasifs sur la vitre.', wrong: 'Utilisez' },
      { kind: 'negation', sentence: 'Pendant la pyrolyse la porte n’est pas verrouillée.', wrong: 'pas' },
      { kind: 'swap', sentence: 'La garantie est de deux ans pour le moteur.', wrong: 'deux' },
      {
        kind: 'invented',
        sentence: 'Une sonde de cuisson et un livre de recettes sont offerts avec l’appareil.',
        wrong: 'Une sonde de cuisson et un livre de recettes sont offerts avec l’appareil',
      },
    ],
    abstention: 'La notice ne mentionne pas la consommation du four.',
    courtesies: ['Bien sûr !', 'N’hésitez pas à me demander autre chose.'],
  },
]
