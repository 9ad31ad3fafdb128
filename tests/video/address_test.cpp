// SPDX-License-Identifier: Apache-2.0
#include "video/address.h"

#include <gtest/gtest.h>

namespace marsad::video {
namespace {

struct Shown {
  const char* location;
  const char* as;
};

TEST(Address, IsShownWithoutItsPassword) {
  for (const Shown& shown : {
           Shown{"rtsp://guard:secret@192.0.2.10:554/a", "rtsp://guard:***@192.0.2.10:554/a"},
           Shown{"rtsp://guard:@host", "rtsp://guard:***@host"},
           Shown{"rtsp://guard:se@c/r?e#t:x@host/a", "rtsp://guard:***@host/a"},
           Shown{"rtsp://guard:se cr\"et@host/a", "rtsp://guard:***@host/a"},
           Shown{"rtsp://me@post:secret@host/a", "rtsp://me@post:***@host/a"},
           Shown{"rtsp://:secret@host", "rtsp://:***@host"},
           Shown{"RTSPS:/guard:secret@host", "RTSPS:/guard:***@host"},
           Shown{"rtsp://host/a?user=x&Password=se@c=r:et&n=1",
                 "rtsp://host/a?user=x&Password=***&n=1"},
           Shown{"rtsp://host/a?pwd=secret", "rtsp://host/a?pwd=***"},
           Shown{"rtsp://host/user=a_passwd=secret_n=1", "rtsp://host/user=a_passwd=***"},
           Shown{"rtsp://a:secret@host/?pass=secret&pass=secret&b",
                 "rtsp://a:***@host/?pass=***&pass=***&b"},
       }) {
    EXPECT_EQ(without_password(shown.location), shown.as);
    EXPECT_EQ(without_password(shown.as), shown.as);
  }
}

TEST(Address, StaysAsItIsWhereNothingInItIsSecret) {
  for (const char* location :
       {"", "simulated", "frames/T1", "/data/a:b@c.mp4", "rtsp://", "rtsp://host:554/thermal",
        "rtsp://guard@host:554/a", "rtsp://[2001:db8::1]:554/a", "rtsp://host/a?user=x&n=1", ":/",
        "password=1"}) {
    EXPECT_EQ(without_password(location), location);
  }
}

TEST(Address, ShowsNoPasswordAnywhereInAText) {
  EXPECT_EQ(without_passwords("source = \"rtsp://a:secret@host/1\"  # mail me:x@example.org\n"
                              "#source = 'rtsp://b:secret@host/2'\n\thttp://c:secret@host"),
            "source = \"rtsp://a:***@host/1\"  # mail me:x@example.org\n"
            "#source = 'rtsp://b:***@host/2'\n\thttp://c:***@host");
  for (const char* text : {"", "\"", " \n", "no address\r\n", "a \"b\" c"}) {
    EXPECT_EQ(without_passwords(text), text);
  }
}

}  // namespace
}  // namespace marsad::video
