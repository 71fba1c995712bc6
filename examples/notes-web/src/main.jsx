import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import Layout from "./Layout.jsx";
import List from "./List.jsx";
import Note from "./Note.jsx";
import "./style.css";

// Loaded when it is visited: a page that was opened before a deployment asks for its chunk after it.
const about = () => import("./About.jsx").then((module) => ({ Component: module.default }));

const router = createBrowserRouter([
  {
    path: "/",
    Component: Layout,
    children: [
      { index: true, Component: List },
      { path: "notes/:id", Component: Note },
      { path: "about", lazy: about, HydrateFallback: () => null },
      { path: "*", element: <h1>There is no such page</h1> },
    ],
  },
]);

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
