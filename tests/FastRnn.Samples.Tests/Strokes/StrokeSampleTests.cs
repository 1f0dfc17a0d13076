using FastRnn.Samples.Strokes;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Strokes;

public class StrokeSampleTests
{
    [Fact]
    public void The_short_version_reads_numbers()
    {
        var figures = ProgramRun.Quick("strokes");
        Assert.InRange(figures["digits wrong, most probable way"], 0, 0.15);
        Assert.InRange(figures["digits wrong, beam search"], 0, 0.15);
    }

    [Fact]
    public void Numbers_are_drawn_as_their_seed_says_and_each_digit_can_be_read_off_its_movements()
    {
        var (data, again) = (StrokeSample.Draw(3, 50), StrokeSample.Draw(3, 50));
        Assert.Equal(data[7].X.ToArray(), again[7].X.ToArray());
        Assert.NotEqual(data[7].X.ToArray(), StrokeSample.Draw(4, 50)[7].X.ToArray());
        for (var i = 0; i < data.Count; i++)
        {
            Assert.InRange(data.TargetLengthOf(i), 3, Handwriting.MostDigits);
            Assert.True(data.LengthOf(i) > 2 * data.TargetLengthOf(i));
            Assert.All(data[i].TargetTokens.ToArray(), label => Assert.InRange(label, 1, 10));
            Assert.All(data[i].X.ToArray(), v => Assert.InRange(v, -20, 20));
        }
    }
}
