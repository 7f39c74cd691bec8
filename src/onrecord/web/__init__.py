"""The screens: one slice for each thing a person comes to do, over shared components."""
