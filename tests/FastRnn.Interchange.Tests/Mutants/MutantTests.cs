using Xunit.Abstractions;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damaged files of every kind: each is read, or refused by one exception with a message for the user; nothing hangs, fills the
/// memory, reads outside of the file's folder or writes. How a hundred thousand of each are made: tests/README.md.</summary>
public class MutantTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. MutantKind.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mutant_is_read_or_refused(string kind)
    {
        using var campaign = new MutantCampaign(MutantKind.All[kind]());
        campaign.Run(MutantCampaign.First, MutantCampaign.Count);
        output.WriteLine(campaign.Summary);
        Assert.True(campaign.Faults.Count == 0, string.Join("\n\n", campaign.Faults));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_number_makes_the_same_mutant_again(string kind)
    {
        using var campaign = new MutantCampaign(MutantKind.All[kind]());
        using var again = new MutantCampaign(MutantKind.All[kind]());
        for (var number = 0; number < 20; number++)
            Assert.Equal(campaign.Make(number), again.Make(number));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whole_files_are_read(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("fastrnn-mutants-");
        try
        {
            foreach (var seed in MutantKind.All[kind]().Seeds)
            {
                foreach (var file in seed.Beside.Prepend(seed))
                    File.WriteAllBytes(Path.Combine(folder.FullName, file.Name), file.Bytes);
                var check = new MutantCheck(Path.Combine(folder.FullName, seed.Name), seed);
                Assert.Null(check.Run());
                Assert.True(check.IsRead, seed.Name);
                Assert.InRange(check.Allocated, 0, check.MostHeld);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
