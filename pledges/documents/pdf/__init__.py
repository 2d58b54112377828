"""The one hand that draws every paper; nothing else imports reportlab. `draw.draw(sheet)` gives the bytes."""
