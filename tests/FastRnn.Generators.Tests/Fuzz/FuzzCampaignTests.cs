using System.Globalization;

namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>As many random declarations as the environment says (<c>FASTRNN_DECLARATIONS</c>), from seeds of their own: each becomes code
/// that compiles, or a diagnostic inside of it; a few of each kind in every run.</summary>
public class FuzzCampaignTests
{
    private const int FirstSeed = 1000;

    // Models take the compiler long: kernels of all widths, layer by layer.
    private static readonly (string What, int Size, Func<Random, string> Write)[] Kinds =
    [
        ("cells", 300, random => RandomCell.Write(random, "C").Text),
        ("damaged cells", 300, random => Mutation.Apply(random, RandomCell.Write(random, "C").Text)),
        ("models", 20, random => WithCell(random, own => RandomModel.Write(random, "M", ("C", own)))),
        ("damaged models", 300, random => WithCell(random, own => Mutation.Apply(random, RandomModel.Write(random, "M", ("C", own))))),
        ("nonsense", 300, random => WithCell(random, own => RandomModel.WriteNonsense(random, "M", ("C", own)))),
    ];

    [Fact]
    public void Random_declarations_become_code_or_a_diagnostic()
    {
        var left = Number("FASTRNN_DECLARATIONS", 100);
        for (var batch = Number("FASTRNN_DECLARATION_BATCH", 0); left > 0; batch++)
        {
            var (what, size, write) = Kinds[batch % Kinds.Length];
            var random = new Random(FirstSeed + batch);
            var declarations = Enumerable.Range(0, Math.Min(size, left)).Select(_ => write(random)).ToList();
            try
            {
                var compiled = new FuzzBatch(declarations);
                if (what is "cells" or "models")
                {
                    compiled.CheckAllRight();
                }
                else
                {
                    compiled.Check();
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"batch {batch}, {what}: {e.Message}", e);
            }

            left -= declarations.Count;
        }
    }

    private static string WithCell(Random random, Func<int, string> model)
    {
        var (text, own) = RandomCell.Write(random, "C");
        return text + model(own);
    }

    private static int Number(string variable, int usual) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : usual;
}
