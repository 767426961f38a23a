"""Files of a company's folder: CSV, Excel, vCards."""
