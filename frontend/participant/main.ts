/** The participant's small script: every page works without it; it makes some of them live. */
import "@fontsource-variable/literata/wght.css";
import "@fontsource-variable/literata/wght-italic.css";
import "@fontsource-variable/source-sans-3/wght.css";
// Each browser loads only the parts whose letters are on the page: these two for Arabic words alone.
import "@fontsource-variable/noto-naskh-arabic/wght.css";
import "@fontsource/ibm-plex-sans-arabic/400.css";
import "@fontsource/ibm-plex-sans-arabic/600.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@/styles/card.css";
import "@/styles/forms.css";
import "@/styles/participant.css";
import "@/styles/interview.css";
import "@/styles/vote.css";
import { startCardEditor } from "./card-editor";
import { startInterview } from "./interview";
import { startLanding } from "./landing";
import { goOnAfterWaiting, letLanguagesClose, letCopy, letQuotesClose, sayWhyItWaits, sendOnce, stayAboveKeyboard } from "./page";
import { startVotes } from "./votes";

letCopy();
letQuotesClose();
letLanguagesClose();
sayWhyItWaits();
sendOnce();
stayAboveKeyboard();
goOnAfterWaiting();
startInterview();
startCardEditor();
startVotes();
startLanding();
