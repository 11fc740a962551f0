"""Pure libraries: opinion map, joint funding, cost sharing, rotation, matching."""
