using FastRnn.Language;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<LowRank>(16, 5)]
internal sealed partial class LowRank_I3_H16_R5;

[Model, Input(9), Layer<LowRank>(31, 2), Layer<LowRank>(5, 17)]
internal sealed partial class LowRank_L2;

[Model, Input(2), Layer<EveryFunction>(3)]
internal sealed partial class EveryFunction_I2_H3;

[Model, Input(5), Layer<EveryFunction>(18), Layer<EveryFunction>(7)]
internal sealed partial class EveryFunction_L2;

[Model, Input(2), Layer<EverySum>(3)]
internal sealed partial class EverySum_I2_H3;

[Model, Input(5), Layer<EverySum>(18), Layer<EverySum>(7)]
internal sealed partial class EverySum_L2;

[Model, Input(2), Layer<Rotation>(3)]
internal sealed partial class Rotation_I2_H3;

[Model, Input(5), Layer<Rotation>(18), Layer<Rotation>(7)]
internal sealed partial class Rotation_L2;

[Model, Input(3), Layer<Tied>(5)]
internal sealed partial class Tied_I3_H5;

/// <summary>Enough tiles for several threads.</summary>
[Model, Input(21), Layer<Tied>(35)]
internal sealed partial class Tied_I21_H35;

[Model, Input(5), Layer<TwelveGates>(35)]
internal sealed partial class TwelveGates_I5_H35;
