using System.Text.RegularExpressions;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>Why a build failed, in words that may stand on a page: without folders and hosts of the machine.</summary>
internal static partial class BuildError
{
    /// <summary>The first error with a code, from the code on.</summary>
    public static string Of(string output)
    {
        var error = WithCode().Match(output);
        return error.Success ? Place().Replace(Project().Replace(error.Groups[1].Value, ""), "...").Trim() : "the compiler gave no reason";
    }

    [GeneratedRegex(@"\berror ([A-Z]+\d+ ?:[^\r\n]*)")]
    private static partial Regex WithCode();

    /// <summary>At the end of a line.</summary>
    [GeneratedRegex(@"\s*\[[^\]]*proj[^\]]*\]\s*$")]
    private static partial Regex Project();

    /// <summary>Addresses, hosts with ports, and rooted paths of both kinds.</summary>
    [GeneratedRegex(@"\b\w+://[^\s'""]+|\b[\w-]+(\.[\w-]+)*:\d+\b|\b[A-Za-z]:\\[^\s'""]+|(?<![\w.])/[^\s'""]+")]
    private static partial Regex Place();
}
