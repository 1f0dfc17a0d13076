using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Api;

/// <summary>A change of what users see is seen in review: the text of the API is a file.</summary>
public class PublicApiTests
{
    private const string UpdateVariable = "FASTRNN_UPDATE_API";

    public static TheoryData<string> Packages => [.. Libraries];

    // The packages that are libraries: no tools, no templates.
    private static IEnumerable<string> Libraries =>
        from file in Checkout.Files
        where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal)
        where file.Count(c => c == '/') == 2 && IsLibrary(Checkout.Read(file))
        select Path.GetFileNameWithoutExtension(file);

    [Fact]
    public void Libraries_are_found_by_their_projects()
    {
        Assert.Contains("FastRnn", Libraries);
        Assert.Contains("FastRnn.Interchange", Libraries);
        Assert.DoesNotContain("FastRnn.Cli", Libraries);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_is_the_one_that_is_checked_in(string package)
    {
        var snapshot = Snapshot(package);
        var actual = PublicApi.Of(Build.Library(package));
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Checkout.Absolute(snapshot), string.Join('\n', actual.Skip(1)) + "\n");
        }

        var expected = File.Exists(Checkout.Absolute(snapshot)) ? ["", .. Checkout.Lines(snapshot)] : Array.Empty<string>();

        var difference = Difference(expected, [.. actual]);
        Assert.True(
            difference.Count == 0,
            $"The public API of {package} is not that of {snapshot}:\n{string.Join('\n', difference)}\nIf it is meant, run\n"
            + $"  {UpdateVariable}=1 dotnet test -c Release tests/FastRnn.Repository.Tests --filter \"FullyQualifiedName~PublicApi\"\n"
            + "and commit the file.");
    }

    /// <summary>What emitted code calls and oracles stand in namespaces of their own, and nobody meets them who does not ask. Three of them
    /// are attributes of losses: absolute error, Huber's and the quantiles'; two are what an evaluator tells besides, two what a run makes
    /// of it; three check gradients, two are groups of parameters, two an optimizer of one's own; seven belong to losses as equations and
    /// to CTC, three to beam search, three say what several inputs and heads are.</summary>
    [Fact]
    public void A_user_meets_at_most_180_types()
    {
        var types = Checkout.Lines(Snapshot("FastRnn")).Where(line => line.StartsWith("FastRnn", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("FastRnn.CompilerServices:", StringComparison.Ordinal)
                && !line.StartsWith("FastRnn.Testing:", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(types.Count, 100, 180);
    }

    [Fact]
    public void A_difference_is_told_by_type_and_line() => Assert.Equal(
        ["A: class X", "-     void Old()", "+     void New()"],
        Difference(["", "A: class X", "    void Old()", "    void Same()"], ["", "A: class X", "    void New()", "    void Same()"]));

    private static bool IsLibrary(string project) => project.Contains("<IsPackable>true", StringComparison.Ordinal)
        && !project.Contains("<PackAsTool>", StringComparison.Ordinal) && !project.Contains("<PackageType>", StringComparison.Ordinal);

    private static string Snapshot(string package) => $"src/{package}/PublicApi.txt";

    private static List<string> Difference(string[] expected, string[] actual)
    {
        var (before, after) = (ByType(expected), ByType(actual));
        var lines = new List<string>();
        foreach (var type in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(type), after.GetValueOrDefault(type));
            var changes = (old ?? [])
                .Except(now ?? []).Select(line => "- " + line).Concat((now ?? []).Except(old ?? []).Select(line => "+ " + line)).ToList();
            if (old is null || now is null || changes.Count > 0)
            {
                lines.AddRange([(old is null ? "+ " : now is null ? "- " : "") + type, .. changes]);
            }
        }

        return lines;
    }

    private static Dictionary<string, List<string>> ByType(string[] lines)
    {
        var types = new Dictionary<string, List<string>>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
            {
                types.Add(line, []);
            }
            else
            {
                types.Last().Value.Add(line);
            }
        }

        return types;
    }
}
