"""The networks of samples/architectures: torchvision's, and U-Net, which torchvision has not."""
import torch
import torch.nn.functional as F
from torch import nn
from torchvision import models
from torchvision.models.googlenet import GoogLeNet, InceptionAux


class PaperAux(InceptionAux):
    """torchvision pools 14x14 adaptively to 4x4, which ONNX cannot say; the paper's 5x5 window at stride 3 gives 4x4 too."""

    def forward(self, x):
        # Without count_include_pad=False the exporter puts an empty Pad in front.
        x = self.conv(F.avg_pool2d(x, 5, 3, count_include_pad=False))
        return self.fc2(F.relu(self.fc1(torch.flatten(x, 1))))


class GoogLeNetAux(GoogLeNet):
    """torchvision drops the auxiliary heads outside training. Only this module says it trains: BatchNorm below stays in eval."""

    def __init__(self):
        super().__init__(aux_logits=True, init_weights=False)
        self.aux1, self.aux2 = PaperAux(512, 1000), PaperAux(528, 1000)

    def forward(self, x):
        self.training = True
        logits, second, first = super()._forward(x)
        self.training = False
        return logits, first, second


def two(inputs, outputs):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3), nn.ReLU(), nn.Conv2d(outputs, outputs, 3), nn.ReLU())


class UNet(nn.Module):
    """Ronneberger et al. 2015, figure 1: unpadded convolutions, so 572x572 in, 388x388 out, and skips are cropped."""

    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.down1, self.down2, self.down3, self.down4 = two(1, 64), two(64, 128), two(128, 256), two(256, 512)
        self.bottom = two(512, 1024)
        self.up4, self.up3 = nn.ConvTranspose2d(1024, 512, 2, 2), nn.ConvTranspose2d(512, 256, 2, 2)
        self.up2, self.up1 = nn.ConvTranspose2d(256, 128, 2, 2), nn.ConvTranspose2d(128, 64, 2, 2)
        self.dec4, self.dec3, self.dec2, self.dec1 = two(1024, 512), two(512, 256), two(256, 128), two(128, 64)
        self.out = nn.Conv2d(64, 2, 1)

    @staticmethod
    def join(skip, x):
        # Plain numbers: the exporter would otherwise write the crop as a dozen shape computations.
        border = (int(skip.shape[2]) - int(x.shape[2])) // 2
        return torch.cat([skip[:, :, border:-border, border:-border], x], 1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(self.pool(a))
        c = self.down3(self.pool(b))
        d = self.down4(self.pool(c))
        x = self.bottom(self.pool(d))
        x = self.dec4(self.join(d, self.up4(x)))
        x = self.dec3(self.join(c, self.up3(x)))
        x = self.dec2(self.join(b, self.up2(x)))
        return self.out(self.dec1(self.join(a, self.up1(x))))


def plain(name):
    return lambda: getattr(models, name)(weights=None)


# name: (maker, input, outputs, sentence, width of convolutions and of fully connected layers in the narrow twin)
NETS = {
    "vgg16": (plain("vgg16"), (1, 3, 224, 224), ["logits"], "VGG-16 (Simonyan and Zisserman 2014)", 1 / 16, 1 / 128),
    "resnet18": (plain("resnet18"), (1, 3, 224, 224), ["logits"], "ResNet-18 (He et al. 2015)", 3 / 32, 1),
    "googlenet": (
        GoogLeNetAux,
        (1, 3, 224, 224),
        ["logits", "aux1", "aux2"],
        "GoogLeNet with both auxiliary heads of training (Szegedy et al. 2014, as torchvision builds it)",
        3 / 32,
        1 / 16,
    ),
    "mobilenet-v2": (plain("mobilenet_v2"), (1, 3, 224, 224), ["logits"], "MobileNet v2 (Sandler et al. 2018)", 3 / 16, 1),
    "unet": (UNet, (1, 1, 572, 572), ["logits"], "U-Net with unpadded convolutions (Ronneberger et al. 2015)", 1 / 16, 1),
}
