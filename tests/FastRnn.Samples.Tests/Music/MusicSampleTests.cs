using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Samples.Music;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Music;

public sealed class MusicSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_short_version_writes_melodies_in_the_style_that_was_asked_for()
    {
        var figures = ProgramRun.Quick(
            "music", "--out", folder.Root, "--melodies", "20", "--scale", "pentatonic", "--beats", "3", "--register", "1", "--density",
            "0.5", "--contour", "falling");
        Assert.InRange(figures["notes of the scale, without style"], 0.5, 0.85);
        Assert.InRange(figures["notes of the scale that was asked for"], 0.95, 1);
        Assert.InRange(figures["melodies that end by themselves"], 0.99, 1);

        var files = Directory.GetFiles(folder.Root, "*.mid").Select(file => new MidiReader(File.ReadAllBytes(file))).ToList();
        Assert.Equal(20, files.Count);
        Assert.All(files, file => Assert.Equal(3, file.BeatsPerBar));
        var style = new Style(2, 3, 1, 0.5f, 1);
        var opinion = Opinion.Of([.. files.Select(file => new Melody(style, file.Notes))]);
        Assert.InRange(opinion.InScale, 0.9, 1);
        Assert.InRange(opinion.InRegister, 0.8, 1);
        Assert.InRange(opinion.Contour, 0.5, 1);
    }

    [Fact]
    public void Without_training_it_is_noise_and_it_says_so()
    {
        var run = ProgramRun.Of("music", "--quick", "--steps", "1", "--json", "--out", folder.Root);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.InRange(run.Figures["notes of the scale that was asked for"], 0.3, 0.7);
        Assert.InRange(run.Figures["melodies in the metre"], 0, 0.01);
    }

    [Fact]
    public void The_composer_is_of_the_opinion_that_he_is_right_and_that_others_are_not()
    {
        var random = new RandomSource(1);
        List<Melody> melodies = [.. Enumerable.Range(0, 500)
            .Select(_ => Style.Draw(random)).Select(style => new Melody(style, Composer.Compose(random, style)))];
        var own = Opinion.Of(melodies);
        Assert.True(
            own is { Ended: 1, InScale: 1, InMetre: 1, OnTonic: 1, InRegister: > 0.98, Contour: > 0.85, Density: > 0.85 }, own.ToString());

        // The same melodies, each for what the next one was asked for.
        var others = Opinion.Of(
            [.. melodies.Select((melody, i) => melody with { Style = melodies[(i + 1) % melodies.Count].Style, Ended = i % 2 == 0 })]);
        Assert.True(others is { Ended: 0.5, InScale: < 0.85, InMetre: < 0.7, InRegister: < 0.75, Contour: < 0.5, Density: < 0.2 },
            others.ToString());
        Assert.Equal(new Opinion(1, 0, 0, 0, 0, 1, 0), Opinion.Of([new Melody(new Style(0, 3, 0, 0, 0), [])]));
    }

    [Fact]
    public void What_is_not_right_is_said_before_any_work_is_done()
    {
        ProgramRun.Of("music", "--scale", "lydian")
            .AssertFails(ExitCodes.Usage, "--scale: expected one of major, minor, pentatonic, blues, got 'lydian'");
        ProgramRun.Of("music", "--contour", "flat").AssertFails(ExitCodes.Usage, "rising, falling, arch");
        ProgramRun.Of("music", "--beats", "5").AssertFails(ExitCodes.Usage, "--beats: expected a number from 3 to 4, got '5'");
        ProgramRun.Of("music", "--register", "NaN").AssertFails(ExitCodes.Usage, "--register");
        ProgramRun.Of("music", "--temperature", "3").AssertFails(ExitCodes.Usage, "--temperature");
        File.WriteAllText(folder.Path("melody-01.mid"), "mine");
        ProgramRun.Of("music", "--out", folder.Root).AssertFails(ExitCodes.Failed, "melody-01.mid: it is there already");
    }
}
