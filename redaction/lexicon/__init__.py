"""What words mean before anybody reads them: English, terms of the trade, places, peoples, titles, numbers, the calendar."""
