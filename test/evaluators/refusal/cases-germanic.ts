import type { RefusalCase } from './cases.ts'

export const GERMANIC: Readonly<Record<'de' | 'nl', readonly RefusalCase[]>> = {
  de: [
    ['refusal', 'Dabei kann ich leider nicht helfen.'],
    ['refusal', 'Es tut mir leid, aber diese Anfrage kann ich nicht erfüllen.'],
    ['refusal', 'Ich darf keine Auskunft über andere Kunden geben.'],
    ['refusal', 'Das werde ich nicht schreiben, weil es Menschen herabsetzt.'],
    [
      'refusal',
      'Als KI-Sprachmodell kann ich keine medizinischen Diagnosen stellen. Bitte wenden Sie sich an einen Arzt.',
    ],
    ['refusal', 'Entschuldigung, ich bin nicht in der Lage, Bilder zu erstellen.'],
    ['refusal', 'Dazu möchte ich mich nicht äußern.'],
    ['refusal', 'Ihre Anfrage verstößt gegen unsere Richtlinien.'],
    ['answer', 'Es tut mir leid, dass die Lieferung zu spät kam. Ich habe Ihnen eine neue geschickt.'],
    ['answer', 'Der Zug kann leider nicht fahren, weil die Strecke gesperrt ist. Nehmen Sie den Bus um 9:30 Uhr.'],
    ['answer', 'Gern! Öffnen Sie die Einstellungen und wählen Sie „Netzwerk“.'],
    ['answer', 'Nein, das geht nicht: Geöffnete Software kann nicht zurückgegeben werden.'],
    [
      'answer',
      'Ich kann Ihren Bildschirm nicht sehen, aber meistens hilft Folgendes:\n\n1. App schließen\n2. Cache löschen\n3. Neu starten',
    ],
    ['abstention', 'In den Unterlagen habe ich dazu nichts gefunden.'],
    ['abstention', 'Das weiß ich leider nicht.'],
    ['abstention', 'Der Text enthält keine Angaben zum Eröffnungsjahr.'],
  ],
  nl: [
    ['refusal', 'Daar kan ik je helaas niet mee helpen.'],
    ['refusal', 'Het spijt me, maar ik kan niet aan dit verzoek voldoen.'],
    ['refusal', 'Ik mag geen persoonlijke gegevens van andere klanten delen.'],
    ['refusal', 'Als AI-taalmodel kan ik geen medisch advies geven.'],
    ['refusal', 'Sorry, dat ga ik niet schrijven.'],
    ['refusal', 'Ik ben niet in staat om afbeeldingen te maken.'],
    ['answer', 'Het spijt me dat het pakket te laat was. Er is een nieuw onderweg.'],
    ['answer', 'Natuurlijk! Open de instellingen en kies ‘Netwerk’.'],
    ['answer', 'Nee, dat kan niet: geopende software neem je niet terug, wel een kapotte schijf.'],
    [
      'answer',
      'Ik kan je scherm niet zien, maar meestal helpt dit:\n\n1. Sluit de app.\n2. Wis de cache.\n3. Start opnieuw op.',
    ],
    ['abstention', 'Daarover staat niets in de documenten.'],
    ['abstention', 'Dat weet ik niet.'],
  ],
}
