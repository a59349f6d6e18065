/** The frame of the studio: rail, main, inspector, and the voice that says what moved. */
import { Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { Icon } from "@/studio/components/Icon";
import { PageSkeleton } from "@/studio/components/Skeletons";
import type { FinderSource } from "@/studio/lib/finding";
import { Finder } from "./Finder";
import { InspectorPane, InspectorProvider } from "./inspector";
import { Notices } from "./Notices";
import { Rail, useStudyInRail } from "./Rail";

function TopBar({ finder, onMenu }: { finder: React.ReactNode; onMenu: () => void }) {
  return (
    <header className="top-bar">
      <button type="button" className="icon-button" aria-label="Open the menu" onClick={onMenu}><Icon name="menu" /></button>
      <span className="brand">Touchstone</span>
      {finder}
    </header>
  );
}

function DemoBand() {
  const study = useStudyInRail();
  if (!study?.is_demo) return null;
  return <p className="demo-band simulated"><strong>Demo.</strong> This study is made up; its participants are simulated.</p>;
}

/** Draws the frame around the current route. */
export function Shell({ sources }: { sources: readonly FinderSource[] }) {
  const narrow = useMediaQuery("(max-width: 62rem)");
  const [opened, { open, close }] = useDisclosure(false);
  const finder = <Finder sources={sources} />;
  return (
    <InspectorProvider>
      <a className="skip-link" href="#main">Skip to the content</a>
      <div className="studio">
        {narrow ? <TopBar finder={finder} onMenu={open} /> : <Rail finder={finder} />}
        <main id="main" className="studio-main" tabIndex={-1}>
          <DemoBand />
          <Suspense fallback={<div className="studio-page"><PageSkeleton /></div>}><Outlet /></Suspense>
        </main>
        <InspectorPane />
      </div>
      {narrow && (
        <Drawer opened={opened} onClose={close} size="18rem" padding={0} withCloseButton={false} attributes={{ content: { "aria-label": "Menu" } }}>
          <Rail finder={null} onGo={close} />
        </Drawer>
      )}
      <Notices />
    </InspectorProvider>
  );
}
