using System.Security.Cryptography;
using System.Text;

using FastRnn.Files;
using FastRnn.Fuzz.Mutation;
using FastRnn.Interchange.Tests.Mutants;
using FastRnn.Tables;
using FastRnn.Tables.Preparing;

namespace FastRnn.Fuzz.Targets;

/// <summary>The preparation of a table's model. It is changed behind its checksum, which is made right again.</summary>
internal sealed class PreparationTarget : OwnTarget
{
    private TablePreparation? preparation;

    public override string Name => "preparation";

    public override string Reader => "TablePreparation.Load";

    public override string FileName => "preparation.json";

    public override byte[] Change(Random random, byte[] original)
    {
        if (random.Next(4) == 0)
            return new TextMutator(random).Change(original);
        var content = PreparationFile.Content(original)!;
        return PreparationFile.Sealed(
            random.Next(3) == 0 ? new TextMutator(random).Change(content) : new HeaderMutator(random).Change(content));
    }

    public override string Numbers() =>
        Convert.ToHexString(SHA256.HashData(PreparationFile.Bytes(preparation!.Text)))
            + Encoding.UTF8.GetByteCount(string.Concat(preparation.FeatureNames));

    protected override bool IsRefusal(Exception e) => e is ModelFileException;

    protected override void Read(string path) => preparation = TablePreparation.Load(path);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds()
    {
        var forecast = new PreparationText
        {
            Inputs =
            [
                new() { Name = "x", Labels = null, Mean = 0.1, Scale = 2, HasIndicator = true },
                new() { Name = "sky", Labels = ["é", "sun"], Mean = 0, Scale = 1, HasIndicator = false },
            ],
            Time = new() { Name = "t", IsCalendar = true, Step = 3600, HasDay = true, HasWeek = true, HasYear = true },
            Group = "station",
            Outputs = [new() { Target = "x", Horizon = 3, Period = 24, Mean = 0, Scale = 1 }],
            Label = null,
            Classes = [],
            Window = 24,
            Season = 24,
            SortByTime = false,
            Model = new() { Cell = "Lstm", HiddenSize = 8, Layers = 1, Dropout = 0.5 },
            Linear = new() { Window = 1, Weights = [[.. Enumerable.Range(0, 18).Select(i => i / 8.0)]], Scales = [0.5] },
            Weights = new string('0', 64),
        };
        var names = forecast with { Time = null, Outputs = [], Label = "kind", Classes = ["a", "b"], Season = 0, Linear = null };
        return [new(FileName, PreparationFile.Bytes(forecast)), new(FileName, PreparationFile.Bytes(names))];
    }
}
