"""Draws the demonstration's pictures: python -m demo.draw [name ...]

Each picture is a function of one of the modules below, named after the file it becomes. The same code always draws the
same picture, and the results are kept in demo/images.

ink and geometry     canvas.py, shapes.py
subjects             land.py, towns.py, life.py
"""
