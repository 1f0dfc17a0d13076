using System.Globalization;

namespace FastRnn.Generators.Analysis;

/// <summary>For which vector widths a project's kernels are written: its build property <c>FastRnnWidths</c>, such as
/// <c>512+256</c>.</summary>
/// <param name="Bits">The widths, narrowest first; never empty.</param>
/// <param name="Unknown">What the property names that is no width.</param>
internal sealed record KernelWidths(EquatableArray<int> Bits, EquatableArray<string> Unknown)
{
    public const string Property = "FastRnnWidths";

    /// <summary>All that there are, narrowest first: the order of a layer's layouts.</summary>
    public static readonly EquatableArray<int> All = new([128, 256, 512]);

    // A semicolon begins a comment in the file in which the compiler gets its properties, and on a command line a comma ends a property:
    // there are three.
    private static readonly char[] Separators = [';', ',', '+'];

    /// <summary>Reads the property. Without it, or if it is wrong, there are kernels for all widths, so that nothing else is
    /// reported.</summary>
    public static KernelWidths Parse(string? text)
    {
        var words = (text ?? "").Split(Separators).Select(word => word.Trim()).Where(word => word.Length > 0).Distinct().ToList();
        var known = All.Where(bits => words.Contains(bits.ToString(CultureInfo.InvariantCulture))).ToList();
        var unknown = words.Where(word => !All.Any(bits => word == bits.ToString(CultureInfo.InvariantCulture))).ToList();
        return new(known.Count == 0 || unknown.Count > 0 ? All : new(known), new(unknown));
    }
}
