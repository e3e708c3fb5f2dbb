"""Make the simulated organisation of the demo: its settings, and two survey exports to import like anyone's."""

from assessment.demo.files import DemoFiles, write_demo, write_pooled

__all__ = ["DemoFiles", "write_demo", "write_pooled"]
