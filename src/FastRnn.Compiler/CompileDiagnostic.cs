using System.Globalization;

namespace FastRnn.Compiler;

/// <summary>What the generator, the compiler or this library says of a declaration.</summary>
/// <param name="Id">What kind it is: <c>FRNN014</c> (the generator's, explained in its page of diagnostics), <c>CS1002</c> (the
/// compiler's), or one of <c>FRNNC01</c> to <c>FRNNC03</c>, which this package's README explains.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Path">The file: <see cref="CompileOptions.Path"/>, or a name that ends with <c>.g.cs</c> for what the generator wrote;
/// empty if it has no place.</param>
/// <param name="Line">The line, from 1 on; 0 if it has no place.</param>
/// <param name="Column">The column, from 1 on; 0 if it has no place.</param>
public sealed record CompileDiagnostic(string Id, CompileSeverity Severity, string Message, string Path, int Line, int Column)
{
    /// <summary><c>declaration.cs(12,5): error FRNN014: ...</c>, as compilers say it.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Path}({Line},{Column}): ");
        var severity = Severity switch
        {
            CompileSeverity.Error => "error",
            CompileSeverity.Warning => "warning",
            _ => "info",
        };
        return $"{place}{severity} {Id}: {Message}";
    }
}
