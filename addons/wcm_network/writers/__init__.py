from .workbook import Column, Table, Workbook
