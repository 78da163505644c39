@echo off
rem The packaged command line: the same host as the window, on the Node that came with it.
"%~dp0..\node\node.exe" "%~dp0..\app.asar.unpacked\dist\electron\cli\main.js" %*
