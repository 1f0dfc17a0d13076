using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Predictors with int8 weights, whatever a model reads. (The large ones are chains: <see cref="Int8IdentityTests"/>.)</summary>
public sealed class Int8PredictorTests
{
    /// <summary>What rounding to 127 steps may cost outputs, as a part of the largest of them or of 1; here 0.0031 at most.</summary>
    private const double MostLost = 0.01;

    private static readonly Dictionary<string, Type> ByName = TestAssemblies.Models
        .Where(type => TestAssemblies.IsIn<CoreModels>(type) && !type.Has(TestTraits.Splits)).ToDictionary(type => type.Name);

    public static TheoryData<string> Models => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_width_number_of_threads_and_company_gives_the_same_bits_near_those_of_floats(string name)
    {
        var model = (IStructuredModel)TestAssemblies.MakeFor(typeof(StructuredModel<>), ByName[name]);
        var parameters = Experiment.RandomParameters(model.Info, new Random(100));
        var batch = StructuredBatch.Random(model.Info, [4, 1, 6, 3], [2, 5, 1, 3], seed: 101);
        var floats = model.Predict(parameters, batch, TestWidths.Narrowest);
        var expected = model.Predict(parameters, batch, TestWidths.Narrowest, weights: WeightFormat.Int8);
        var largest = Math.Max(1, floats.Max(Math.Abs));
        Assert.All(expected.Zip(floats), pair => Assert.Equal(pair.Second, pair.First, MostLost * largest));
        foreach (var width in TestWidths.All)
        {
            foreach (var threads in (int[])[1, 3])
            {
                var got = model.Predict(parameters, batch, width, threads, weights: WeightFormat.Int8);
                Bits.AssertSame($"{width}, {threads} threads", expected, got);
            }

            float[] alone = [.. Enumerable.Range(0, batch.Count)
                .SelectMany(b => model.Predict(parameters, batch.Select(b), width, weights: WeightFormat.Int8))];
            Bits.AssertSame($"{width}, each sequence alone", expected, alone);
        }
    }
}
