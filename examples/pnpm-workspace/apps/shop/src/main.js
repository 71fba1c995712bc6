import { show } from "@harbour/ui";

show(location.pathname === "/" ? "Ropes for sale" : `Rope ${location.pathname.slice(1)}`);
