import { NavLink, Outlet } from "react-router";

export default function Layout() {
  return (
    <>
      <header>
        <NavLink to="/">Notes</NavLink>
        <NavLink to="/about">About</NavLink>
      </header>
      <main>
        <Outlet />
      </main>
      <footer>{import.meta.env.VITE_GREETING ?? "Kept in this browser."}</footer>
    </>
  );
}
