using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Names and texts on their way into emitted code.</summary>
internal static class Names
{
    /// <summary>The stem of an accumulator's variables: its own name, unless two have the same.</summary>
    public static string Accumulator(KernelPlan kernel, int accumulator)
    {
        var name = kernel.Accumulators[accumulator];
        var isClear = !name.Contains("_") && kernel.Accumulators.Count(n => n == name) == 1;
        return isClear ? name : "sum" + CodeWriter.Number(accumulator) + name;
    }

    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
