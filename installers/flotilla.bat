@echo off
rem Starts Flotilla with the first Java of version 25 or newer: FLOTILLA_JAVA, JAVA_HOME, PATH, the usual places.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA="
if defined FLOTILLA_JAVA call :consider "%FLOTILLA_JAVA%"
if defined JAVA_HOME call :consider "%JAVA_HOME%\bin\java.exe"
for /f "delims=" %%J in ('where java 2^>nul') do call :consider "%%J"
for %%P in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  for /d %%D in ("%%~P\*") do (
    call :consider "%%D\bin\java.exe"
    call :consider "%%D\current\bin\java.exe"
  )
)
if not defined JAVA (
  echo flotilla: needs Java 25 or newer and found none. 1>&2
  echo Install one, such as Temurin 25 from https://adoptium.net, or name one in FLOTILLA_JAVA. 1>&2
  exit /b 1
)
"%JAVA%" -Xmx1g -XX:+UseCompactObjectHeaders -XX:MaxTenuringThreshold=1 -XX:GCTimeRatio=99 --sun-misc-unsafe-memory-access=allow --module-path "%HOME_DIR%\fx" --add-modules javafx.controls,javafx.fxml --enable-native-access=javafx.graphics,ALL-UNNAMED -cp "%HOME_DIR%\lib\*" dev.flotilla.app.Main %*
exit /b %errorlevel%

:consider
if defined JAVA exit /b
if not exist "%~1" exit /b
"%~1" -XX:+UseCompactObjectHeaders -version >nul 2>&1 && set "JAVA=%~1"
exit /b
