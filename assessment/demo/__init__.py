"""Make the simulated organisation of the demo: its settings, and two survey exports to import like anyone's."""

from assessment.demo.files import DemoFiles, write_demo

__all__ = ["DemoFiles", "write_demo"]
