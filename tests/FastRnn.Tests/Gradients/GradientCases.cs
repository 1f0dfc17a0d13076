using System.Globalization;

using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>Which model meets which length and which batch.</summary>
internal static class GradientCases
{
    private static readonly int[] Lengths = [1, 2, 7, 33];
    private static readonly int[] Batches = [1, 3, 8];

    /// <summary>The sizes of the twelve models of one layer, in the order of <see cref="Deep"/>'s shallow sisters.</summary>
    private static readonly string[] Shallow =
        ["I3_H1", "I1_H2", "I2_H3", "I7_H5", "I5_H7", "I17_H8", "I8_H15", "I16_H16", "I31_H17", "I15_H31", "I65_H33", "I33_H65"];

    private static readonly string[] Deep = ["I3_H2_L2", "I7_H5_L2", "I1_H8_L2", "I17_H16_L2", "I16_H31_L2", "I33_H65_L2"];

    /// <summary>All sizes of a cell, one and two layers; each number of layers meets all twelve pairs of T and B. The largest models get
    /// the cheap pairs.</summary>
    public static TheoryData<string, int, int> Of(string cell)
    {
        var cases = new TheoryData<string, int, int>();
        for (var i = 0; i < Shallow.Length; i++)
            Add(cases, $"{cell}_{Shallow[i]}", i + 7);
        for (var i = 0; i < Deep.Length; i++)
        {
            Add(cases, $"{cell}_{Deep[i]}", i + 1);
            Add(cases, $"{cell}_{Deep[i]}", i + 7);
        }

        return cases;
    }

    /// <summary>Two pairs of T and B for each model.</summary>
    public static TheoryData<string, int, int> Few(string[] models)
    {
        var cases = new TheoryData<string, int, int>();
        for (var i = 0; i < models.Length; i++)
        {
            Add(cases, models[i], 2 * i);
            Add(cases, models[i], 2 * i + 5);
        }

        return cases;
    }

    /// <summary>4 and 3 have no common divisor, so twelve indices in a row are all pairs.</summary>
    public static (int Steps, int Batch) Pair(int index) => (Lengths[index % Lengths.Length], Batches[index % Batches.Length]);

    public static int Seed(string model, int steps, int batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{model} {steps} {batch}")
            .Aggregate(17, (hash, c) => unchecked(hash * 31 + c)) & int.MaxValue;

    private static void Add(TheoryData<string, int, int> cases, string model, int index)
    {
        var (steps, batch) = Pair(index);
        cases.Add(TestModels.Of(model).Name, steps, batch);
    }
}
