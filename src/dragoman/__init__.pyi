from dragoman.reading.read import Reader as Reader
from dragoman.reading.read import read as read
from dragoman.reading.reading import Reading as Reading
from dragoman.text.report import Report as Report

__version__: str
